# Đọc và ghi bảng tính. Mỗi câu nói điều gì sai và phải làm gì.

## Cả tệp
papers-empty-file = Tệp trống. Hãy kiểm tra lại tệp rồi tải lên lần nữa.
papers-file-too-large = Tệp lớn hơn { $most } MiB. Hãy chia thành nhiều tệp nhỏ hơn.
papers-unknown-format = Không nhận ra định dạng của tệp. Hãy lưu bảng dưới dạng XLSX hoặc CSV rồi tải lên lần nữa.
papers-not-a-table = Tệp là văn bản, không phải bảng tính. Hãy tải lên tệp XLSX hoặc CSV.
papers-old-excel = Tệp có định dạng Excel cũ (.xls) hoặc đã đặt mật khẩu. Hãy mở bằng Excel, bỏ mật khẩu và lưu dưới dạng XLSX.
papers-other-spreadsheet = Tệp là bảng tính định dạng khác (XLSB hoặc ODS). Hãy lưu dưới dạng XLSX.
papers-web-page = Tệp thật ra là trang web hoặc XML mang đuôi bảng tính. Hãy mở bằng Excel và lưu dưới dạng XLSX.
papers-no-sheet = Sổ tính không có trang nào hiển thị. Hãy bỏ ẩn trang chứa danh sách rồi lưu lại.
papers-zip-no-workbook = Tệp nén không chứa sổ tính Excel. Hãy tải lên chính tệp XLSX.
papers-zip-broken = Tệp bị hỏng hoặc không đọc được. Hãy mở bằng Excel, lưu lại dưới dạng XLSX rồi tải lên lần nữa.
papers-zip-encrypted = Tệp đã đặt mật khẩu. Hãy bỏ mật khẩu rồi lưu lại.
papers-zip-forged = Tệp bị từ chối vì nội dung nén không đúng như khai báo. Hãy mở bằng Excel, lưu lại dưới dạng XLSX rồi tải lên lần nữa.
papers-zip-entries = Tệp bị từ chối vì chứa hơn { $most } mục nén. Hãy chép riêng bảng cần nhập sang sổ tính mới.
papers-zip-path = Tệp bị từ chối vì mục nén có đường dẫn không an toàn: { $name }. Hãy chép riêng bảng cần nhập sang sổ tính mới.
papers-zip-nested = Tệp bị từ chối vì chứa tệp nén khác bên trong: { $name }. Hãy chép riêng bảng cần nhập sang sổ tính mới.
papers-zip-ratio = Tệp bị từ chối vì mục { $name } bung ra lớn bất thường. Hãy chép riêng bảng cần nhập sang sổ tính mới.
papers-zip-too-large = Tệp bị từ chối vì bung ra lớn hơn { $most } MiB. Hãy chia thành nhiều tệp nhỏ hơn.
papers-part-too-large = Phần định dạng của sổ tính quá lớn (hơn { $most } MiB hoặc quá nhiều kiểu). Hãy chép riêng giá trị của bảng sang sổ tính mới.
papers-shared-too-large = Phần chữ của sổ tính lớn hơn { $most } MiB. Hãy chia thành nhiều tệp nhỏ hơn.
papers-shared-strings = Sổ tính có hơn { $most } chuỗi chữ khác nhau. Hãy chia thành nhiều tệp nhỏ hơn.
papers-sheet-gap = Trang tính có một ô quá dài hoặc quá nhiều dòng trống liền nhau. Hãy xoá các dòng trống thừa rồi lưu lại.
papers-sheet-order = Thứ tự dòng hoặc cột trong trang tính không hợp lệ. Hãy mở bằng Excel, lưu lại dưới dạng XLSX rồi tải lên lần nữa.
papers-csv-row-too-long = Tệp CSV có một dòng quá dài, thường do dấu ngoặc kép mở mà không đóng. Hãy sửa dấu ngoặc kép hoặc lưu dưới dạng XLSX.
papers-too-many-rows = Tệp có hơn { $most } dòng. Hãy chia thành nhiều tệp nhỏ hơn.
papers-too-many-cells = Tệp có hơn { $most } ô. Hãy bỏ các cột không cần thiết hoặc chia thành nhiều tệp.
papers-too-many-columns = Trang { $sheet } có dữ liệu ở ô { $cell }, vượt quá { $most } cột. Hãy xoá ô đó rồi lưu lại.

## Dòng tiêu đề
papers-heading-missing = Không tìm thấy dòng tiêu đề trong { $rows } dòng đầu. Hãy đặt tên các cột: { $titles }.
papers-column-missing = Thiếu cột “{ $title }”. Hãy thêm cột này hoặc sửa tên cột cho đúng.
papers-column-duplicate = Cột “{ $title }” trùng với cột { $first }. Hãy bỏ một trong hai cột.
papers-column-unknown = Không dùng đến cột “{ $title }”; nội dung cột này bị bỏ qua. Nếu cần nhập, hãy sửa tên cột.

## Ô
papers-cell-required = Ô “{ $title }” bắt buộc nhưng để trống. Hãy điền giá trị.
papers-cell-merged = Ô “{ $title }” nằm trong vùng ô gộp nên không có giá trị. Hãy bỏ gộp ô và điền giá trị cho từng dòng.
papers-cell-error = Ô chứa lỗi { $value } của Excel. Hãy sửa công thức hoặc gõ giá trị.
papers-cell-formula = Ô là công thức; đã lấy kết quả tính lần cuối. Hãy kiểm tra và nên dán thành giá trị.
papers-text-too-long = “{ $value }” dài { $count } ký tự, nhiều nhất { $most }. Hãy rút ngắn.
papers-text-undecodable = “{ $value }” có ký tự không giải mã được. Hãy gõ lại ô này bằng Unicode.
papers-text-normalised = Cột có chữ Unicode tổ hợp (dấu tách rời); đã chuyển về dựng sẵn. Không cần làm gì.
papers-day-unreadable = “{ $value }” không phải là ngày. Hãy ghi dạng ngày/tháng/năm, ví dụ 03/02/1958.
papers-day-only-year = “{ $value }” chỉ là năm, cần đủ ngày, tháng, năm. Hãy ghi dạng 03/02/1958.
papers-day-two-digit-year = Năm “{ $value }” chỉ có hai chữ số; hiểu là { $day }. Hãy kiểm tra.
papers-day-from-number = “{ $value }” là số, hiểu là ngày { $day }. Hãy kiểm tra.
papers-when-unreadable = “{ $value }” không phải là năm, tháng/năm hay ngày. Hãy ghi dạng 1958, 02/1958 hoặc 03/02/1958.
papers-int-unreadable = “{ $value }” không phải là số nguyên. Hãy ghi số, ví dụ 12.
papers-int-range = { $value } nằm ngoài khoảng từ { $least } đến { $most }. Hãy sửa lại số.
papers-digits-restored = Số “{ $value }” bị mất số 0 ở đầu; đã khôi phục thành { $digits }. Hãy kiểm tra và định dạng cột là Văn bản.
papers-digits-count = “{ $value }” có { $count } chữ số, cần đúng { $wanted }. Hãy sửa lại số.
papers-digits-rounded = “{ $value }” đã bị bảng tính làm tròn, không khôi phục được. Hãy định dạng cột là Văn bản và gõ lại đủ { $wanted } chữ số.
papers-digits-other = “{ $value }” có ký tự không phải chữ số. Hãy ghi đúng { $wanted } chữ số.
papers-code-unknown = “{ $value }” không có trong danh mục. Các giá trị dùng được: { $allowed }.
papers-bool-unreadable = “{ $value }” không rõ là có hay không. Hãy ghi x hoặc để trống.
