"""The read-only API, version 1: Django Ninja for routes, parameters, OpenAPI; what holds for every answer is ours."""
