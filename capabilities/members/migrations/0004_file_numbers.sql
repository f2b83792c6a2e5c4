-- Numbers of dossiers are looked up: whether one is used, which is the greatest of a block (DOS-08).
CREATE INDEX person_file_no ON person (file_no);
