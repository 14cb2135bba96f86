"""What a header says: read as Chinese, English or pinyin, and matched against the phrases of the classifiers."""
