-- Is there a document of this number? Asked for each number that a series has given.
create index document_number on document (region, number) where number is not null;
