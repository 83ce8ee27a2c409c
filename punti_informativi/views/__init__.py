"""Glue between requests and services."""
