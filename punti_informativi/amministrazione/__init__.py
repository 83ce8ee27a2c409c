"""The back office's side: records with draft and preview, and the verbs of their life."""
