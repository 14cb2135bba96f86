# Aliases only: run.py does the work, and needs no make.
.PHONY: demo test serve lint
demo test serve lint:
	python3 run.py $@
