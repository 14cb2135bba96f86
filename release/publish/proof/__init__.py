"""The checks that re-prove a package from its bytes, one file per thing that is proved."""
