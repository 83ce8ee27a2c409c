"""The text of an agreement as a PDF with one empty signature field per party."""
