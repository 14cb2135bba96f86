"""placeholder"""


def report(rows: int) -> None:
    """later"""
