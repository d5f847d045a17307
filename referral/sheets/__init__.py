"""One report as a file: rows, a spreadsheet, a data package, each from what is told and no more."""
