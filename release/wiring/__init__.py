"""Puts everything together: the command line, the service, the worker.  The only room that knows them all."""
