"""Word and Excel: what each document shows, how it is filled, and how a workbook is read back."""
