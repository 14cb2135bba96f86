"""The rows of a package in every spelling: canonical CSV, CSV for spreadsheets, XLSX, Parquet.

All of them are functions of one thing, the treated columnar copy with the declared types, so that the checker can
compute each again from another and compare.
"""
