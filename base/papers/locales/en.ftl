# Spreadsheets in and out. Each sentence says what is wrong and what to do.

## The whole file
papers-empty-file = The file is empty. Check it and upload it again.
papers-file-too-large = The file is larger than { $most } MiB. Split it into smaller files.
papers-unknown-format = The format of the file is not known. Save the table as XLSX or CSV and upload it again.
papers-not-a-table = The file is a document, not a spreadsheet. Upload an XLSX or CSV file.
papers-old-excel = The file is an old Excel file (.xls) or protected by a password. Open it in Excel, remove the password and save it as XLSX.
papers-other-spreadsheet = The file is a spreadsheet of another format (XLSB or ODS). Save it as XLSX.
papers-web-page = The file is really a web page or XML named like a spreadsheet. Open it in Excel and save it as XLSX.
papers-no-sheet = The workbook has no visible sheet. Unhide the sheet with the list and save it again.
papers-zip-no-workbook = The archive holds no Excel workbook. Upload the XLSX file itself.
papers-zip-broken = The file is damaged or cannot be read. Open it in Excel, save it as XLSX and upload it again.
papers-zip-encrypted = The file is protected by a password. Remove the password and save it again.
papers-zip-forged = The file was refused because its packed content is not what it declares. Open it in Excel, save it as XLSX and upload it again.
papers-zip-entries = The file was refused because it holds more than { $most } packed entries. Copy just the table into a new workbook.
papers-zip-path = The file was refused because a packed entry has an unsafe path: { $name }. Copy just the table into a new workbook.
papers-zip-nested = The file was refused because it holds another archive: { $name }. Copy just the table into a new workbook.
papers-zip-ratio = The file was refused because { $name } unpacks to an unusual size. Copy just the table into a new workbook.
papers-zip-too-large = The file was refused because it unpacks to more than { $most } MiB. Split it into smaller files.
papers-part-too-large = The formatting of the workbook is too large (more than { $most } MiB, or too many styles). Copy just the values of the table into a new workbook.
papers-shared-too-large = The texts of the workbook take more than { $most } MiB. Split it into smaller files.
papers-shared-strings = The workbook has more than { $most } different texts. Split it into smaller files.
papers-sheet-gap = The sheet has a cell that is too long or too many empty rows in a row. Delete the empty rows and save it again.
papers-sheet-order = The order of rows or columns in the sheet is not valid. Open it in Excel, save it as XLSX and upload it again.
papers-csv-row-too-long = The CSV file has a row that is too long, mostly because a quotation mark is opened and never closed. Close it, or save the table as XLSX.
papers-too-many-rows = The file has more than { $most } rows. Split it into smaller files.
papers-too-many-cells = The file has more than { $most } cells. Remove columns that are not needed, or split it into several files.
papers-too-many-columns = Sheet { $sheet } has something in cell { $cell }, beyond { $most } columns. Delete that cell and save it again.

## The heading
papers-heading-missing = No heading was found in the first { $rows } rows. Name the columns: { $titles }.
papers-column-missing = The column “{ $title }” is missing. Add it, or correct the name of the column.
papers-column-duplicate = The column “{ $title }” is the same as column { $first }. Remove one of the two.
papers-column-unknown = The column “{ $title }” is not used; what stands in it is left out. Correct its name if it should be imported.

## Cells
papers-cell-required = “{ $title }” must not be empty. Fill in a value.
papers-cell-merged = “{ $title }” lies inside merged cells and therefore has no value. Unmerge the cells and fill in each row.
papers-cell-error = The cell holds the Excel error { $value }. Correct the formula or type the value.
papers-cell-formula = The cell is a formula; its last result was taken. Check it; better paste it as a value.
papers-text-too-long = “{ $value }” has { $count } characters, at most { $most } fit. Shorten it.
papers-text-undecodable = “{ $value }” has characters that cannot be decoded. Type the cell again in Unicode.
papers-text-normalised = The column has letters whose marks stand apart (decomposed Unicode); they were composed. Nothing needs to be done.
papers-day-unreadable = “{ $value }” is not a day. Write day/month/year, for example 03/02/1958.
papers-day-only-year = “{ $value }” is only a year; day, month and year are needed. Write it like 03/02/1958.
papers-day-two-digit-year = The year in “{ $value }” has two digits only; it was read as { $day }. Check it.
papers-day-from-number = “{ $value }” is a number; it was read as the day { $day }. Check it.
papers-when-unreadable = “{ $value }” is not a year, a month/year or a day. Write it like 1958, 02/1958 or 03/02/1958.
papers-int-unreadable = “{ $value }” is not a whole number. Write a number, for example 12.
papers-int-range = { $value } is not between { $least } and { $most }. Correct the number.
papers-digits-restored = “{ $value }” had lost its leading zeros; they were put back: { $digits }. Check it and format the column as Text.
papers-digits-count = “{ $value }” has { $count } digits; { $wanted } are needed. Correct the number.
papers-digits-rounded = “{ $value }” was rounded by the spreadsheet and cannot be recovered. Format the column as Text and type all { $wanted } digits again.
papers-digits-other = “{ $value }” has characters that are not digits. Write exactly { $wanted } digits.
papers-code-unknown = “{ $value }” is not in the list. Values that can be used: { $allowed }.
papers-bool-unreadable = “{ $value }” is neither yes nor no. Write x, or leave the cell empty.
