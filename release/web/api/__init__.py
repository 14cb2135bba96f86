"""The JSON interface under ``/api/v1``: thin routes, one use case each, and the shapes that go in and out.

``shapes`` says what is told of a release and of a person; ``schema`` finishes the OpenAPI document.  Rights are never
decided here: the desk asks the workflow tables.
"""
