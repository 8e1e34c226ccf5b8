// What is the same in litmus tests of all languages: the initial state, and the condition on the
// final one. Comments are blanked out before.
grammar State;

init : ( entry? ';' )* entry? EOF ;

entry : ID* '*'* place ( '=' value )? ;

place
    : thread = ( NUM | ID ) ':' '%'? name = ID # registerPlace
    | '[' ID ']'        # bracketPlace
    | ID array?         # namePlace
    ;

array : '[' NUM? ']' ;

value
    : '-'? NUM          # number
    | '&'? ID           # address
    | ID '(' value ')'  # wrapped
    | list              # listValue
    ;

list : '{' ( value ( ',' value )* )? '}' ;

finalState : ( locations | filter )* condition ';'? EOF ;

locations : 'locations' '[' ( term ( ';' term )* ';'? )? ']' ;

filter : 'filter' prop ;

condition
    : quantifier prop                   # one
    | 'final' prop ';'? 'with' kind+    # byKind
    ;

// What is asked under a model of that name.
kind : ID ':' quantifier ';' ;

quantifier
    : 'exists'          # exists
    | '~' 'exists'      # notExists
    | 'forall'          # forall
    ;

prop
    : '(' prop ')'                                      # parens
    | term sign = ( '=' | '==' | '!=' | '<>' ) term     # comparison
    | 'true'                                            # true
    | 'false'                                           # false
    | ( '~' | 'not' ) prop                              # not
    | prop ( '/\\' | '&&' ) prop                        # and
    | prop ( '\\/' | '||' ) prop                        # or
    | <assoc = right> prop '=>' prop                    # implies
    ;

term
    : thread = ( NUM | ID ) ':' '%'? name = ID # register
    | '[' ID ']'        # bracketLocation
    | '*' ID            # starLocation
    | '&' ID            # addressOf
    | ID array?         # name
    | '-'? NUM          # literal
    ;

NUM : [0-9]+ | '0' [xX] [0-9a-fA-F]+ ;
ID : [a-zA-Z_] [a-zA-Z_0-9.]* ;
WS : [ \t\r\n\f]+ -> skip ;
OTHER : . ;
