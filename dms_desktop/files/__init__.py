"""Files that come in and go out: tables read strictly, tables written so that they do no harm."""
