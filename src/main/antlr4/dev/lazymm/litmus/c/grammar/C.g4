// The threads of a litmus test in C, and the macros they call. Comments are blanked out before.
grammar C;

threads : thread+ EOF ;

thread : type? ID '(' ( param ( ',' param )* | WORD )? ')' block ;

param : type? ID ;

macros : macro* EOF ;

macro
    : ID '(' ( ID ( ',' ID )* )? ')' ( block | expression ';'? )
    | ID tag
    ;

block : '{' statement* '}' ;

statement
    : block                                                                     # nested
    | declaration ';'                                                           # declare
    | 'if' '(' expression ')' statement ( 'else' statement )?                   # if
    | 'while' '(' expression ')' statement                                      # while
    | 'do' statement 'while' '(' expression ')' ';'                             # doWhile
    | 'for' '(' first? ';' test = expression? ';' steps? ')' statement          # for
    | 'break' ';'                                                               # break
    | 'continue' ';'                                                            # continue
    | 'return' expression? ';'                                                  # return
    | expression ';'                                                            # evaluate
    | ';'                                                                       # nothing
    ;

first : declaration | steps ;

steps : expression ( ',' expression )* ;

declaration : type declarator ( ',' '*'* declarator )* ;

declarator : ID ( '=' expression )? ;

type : QUALIFIER* ( WORD ( WORD | QUALIFIER )* | ( 'struct' | 'union' | 'enum' ) ID | ID ) ( '*' | QUALIFIER )* ;

cast : '(' QUALIFIER* ( WORD ( WORD | QUALIFIER )* | ( 'struct' | 'union' | 'enum' ) ID ) ( '*' | QUALIFIER )* ')'
     | '(' QUALIFIER* ID ( '*' | QUALIFIER )* '*' QUALIFIER* ')'
     ;

expression
    : unary '=' expression      # assign
    | unary COMPOUND expression # update
    | choice                    # simple
    ;

choice : binary ( '?' expression ':' choice )? ;

binary
    : unary                                             # operand
    | binary op = ( '*' | '/' | '%' ) binary            # operation
    | binary op = ( '+' | '-' ) binary                  # operation
    | binary op = ( '<<' | '>>' ) binary                # operation
    | binary op = ( '<' | '<=' | '>' | '>=' ) binary    # operation
    | binary op = ( '==' | '!=' ) binary                # operation
    | binary op = '&' binary                            # operation
    | binary op = '^' binary                            # operation
    | binary op = '|' binary                            # operation
    | binary op = '&&' binary                           # operation
    | binary op = '||' binary                           # operation
    ;

unary
    : op = ( '!' | '~' | '-' | '+' | '*' ) unary        # prefix
    | step = ( '++' | '--' ) unary                      # preStep
    | cast unary                                        # casted
    | postfix                                           # primary
    ;

postfix : atom step = ( '++' | '--' )? ;

atom
    : '(' expression ')'                                        # parens
    | ID '(' ( expression ( ',' expression )* )? ')'            # call
    | BUILTIN tag? ( '(' ( argument ( ',' argument )* )? ')' )?  # builtin
    | ID                                                        # name
    | NUM                                                       # number
    ;

tag : '{' ID ( '-' ID )* ( ',' ID )? '}' ;

argument : expression | operator ;

operator : '+' | '-' | '*' | '&' | '|' | '^' | '&' '~' ;

COMPOUND : '+=' | '-=' | '*=' | '/=' | '%=' | '&=' | '|=' | '^=' | '<<=' | '>>=' ;

QUALIFIER : 'const' | 'volatile' | 'static' | 'register' | '__user' | '__rcu' ;
WORD
    : 'int' | 'long' | 'short' | 'char' | 'unsigned' | 'signed' | 'bool' | '_Bool' | 'void'
    | '__'? [us] ( '8' | '16' | '32' | '64' )
    | [a-z_] [a-zA-Z0-9_]* '_t'
    ;

REFUSED : 'switch' | 'case' | 'default' | 'goto' | 'sizeof' | 'typedef' | 'asm' | '__asm__' ;

BUILTIN
    : '__load' | '__store' | '__fence' | '__xchg' | '__cmpxchg' | '__atomic_op' | '__atomic_op_return'
    | '__atomic_fetch_op' | '__atomic_add_unless' | '__lock' | '__unlock' | '__trylock' | '__islocked'
    | '__srcu'
    ;

ARROW : '->' ;
NUM : ( [0-9]+ | '0' [xX] [0-9a-fA-F]+ ) [uUlL]* ;
ID : [a-zA-Z_] [a-zA-Z0-9_]* ;
WS : [ \t\r\n\f]+ -> skip ;
OTHER : . ;
