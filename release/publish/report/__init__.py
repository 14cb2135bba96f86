"""The one-page report for people: what was done to each field, under which article, and what it did to the table."""
