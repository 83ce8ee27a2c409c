"""Views: glue between requests, permissions, forms and services."""
