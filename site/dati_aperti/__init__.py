"""Open data: files, catalogue (DCAT-AP_IT), read-only API. Reads what the public pages show; writes nothing."""
