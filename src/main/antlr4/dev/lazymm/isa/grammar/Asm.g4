// The threads of a litmus test in assembly, side by side, of whatever architecture. Comments are
// blanked out before.
grammar Asm;

// Old tests have a ; after the initial state.
table : ';'* heads row* EOF ;

heads : ID ( '|' ID )* ';' ;

row : cell ( '|' cell )* ';' ;

cell : label* instruction? ;

// What is between two bars alone.
only : cell EOF ;

label : ID ':' ;

// A sign is a hint of what a branch will do.
instruction : ( LOCK? ID | HINTED ) ( term ( ',' term )* )? ;

term
    : '%'? ID                               # name
    | ( '$' | '#' )? '-'? NUM               # number
    | ( '$' | '#' ) ID                      # address
    | ID ( '$' | '#' )? NUM                 # shift
    | ID* '[' term ( ',' term )* ']' '!'?   # bracket
    | ( '-'? NUM )? '(' '%'? ID ')'         # based
    ;

HINTED : [bB] [a-zA-Z] [a-zA-Z] [+-] ;
LOCK : 'lock' | 'LOCK' ;
NUM : [0-9]+ | '0' [xX] [0-9a-fA-F]+ ;
ID : [a-zA-Z_] [a-zA-Z_0-9.]* ;
WS : [ \t\r\n\f]+ -> skip ;
OTHER : . ;
