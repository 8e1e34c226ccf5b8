grammar Cat;

model : EOF ;

WS : [ \t\r\n]+ -> skip ;
