cli-fault = Hệ thống gặp lỗi:
cli-config-broken = Tệp cấu hình { $value } không đúng định dạng TOML.
cli-config-unknown = Tệp cấu hình { $value } có mục lạ “{ $name }”. Chạy `chibo config` để xem các mục.
cli-config-bad = Giá trị “{ $value }” của mục { $name } không dùng được.
cli-unsafe-plain-http = Từ chối khởi động: { $value } mở ra mạng mà chưa có TLS. Đặt máy chủ sau một proxy TLS rồi đặt tls = true, hoặc dùng host = 127.0.0.1.
cli-unsafe-no-limit = Từ chối khởi động: per_minute = 0 bỏ giới hạn yêu cầu, chỉ được dùng với 127.0.0.1.
cli-keys-missing = Không có tệp khoá { $path }. Hãy khôi phục tệp khoá; không có nó thì không đọc được dữ liệu mật.
cli-key-used = Khoá { $value } còn mở { $count } trường hoặc tệp mật. Hãy chạy chương trình, chờ việc "Mã hoá lại trường mật" xong rồi thử lại.
cli-key-not-there = Không có khoá cũ số { $value }. Hãy chạy: chibo keys status
cli-keys-readable = Tệp khoá { $path } đang cho người khác đọc. Hãy chạy: chmod 600 { $path }
cli-cannot-write = Không ghi được vào { $path }. Hãy kiểm tra quyền và chỗ trống.
cli-port-taken = Cổng { $value } đang có chương trình khác dùng. Hãy chọn cổng khác: --port { $other }
cli-cannot-listen = Không mở được địa chỉ { $value }: { $cause }
cli-not-empty = Cơ sở dữ liệu này đã có dữ liệu. Hãy dùng thư mục hoặc cơ sở dữ liệu trống.
cli-no-account = Không có tài khoản “{ $value }”.
cli-no-unit = Không có tổ chức “{ $value }”. Hãy nhập mã tổ chức hoặc tên đầy đủ.
cli-bad-day = “{ $value }” không phải là ngày.
cli-demo-other = Thư mục này chứa dữ liệu trình diễn với { $value } đảng viên. Dùng --data để chọn thư mục khác, hoặc bỏ --members.
cli-demo-stopped = Đã dừng. Chưa có gì dở dang; chạy lại lệnh cũ để làm tiếp.
cli-import-counts = { $rows } dòng: { $new } mới, { $known } đã có, { $twice } trùng trong tệp, { $refused } bị từ chối.
cli-stage-units = Tổ chức đảng
cli-stage-members = Đảng viên
cli-stage-decisions = Quyết định sắp xếp
cli-stage-offices = Cấp ủy
cli-stage-meetings = Sinh hoạt chi bộ
cli-stage-work = Việc đang làm
cli-too-much = Bảng hỏi quá lớn. Hãy chọn ít chiều hơn.
