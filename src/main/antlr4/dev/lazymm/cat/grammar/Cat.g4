/** herd's cat language. Operators from the loosest to the tightest, one rule each. */
grammar Cat;

model : (NAME NAME? STRING? | STRING)? CATDEP? instruction* EOF ;

instruction
  : LET REC? binding (AND binding)* (WHEN test)? IN?                  # letIns
  | kind=(FLAG | UNDEFINED_UNLESS | ASSERT)? test                     # testIns
  | SHOW union AS NAME                                                # showAsIns
  | SHOW NAME (',' NAME)*                                             # showIns
  | UNSHOW NAME (',' NAME)*                                           # unshowIns
  | INCLUDE STRING                                                    # includeIns
  | PROCEDURE REC? NAME parameter '=' instruction* END                # procedureIns
  | CALL NAME argument (AS NAME)?                                     # callIns
  | DEBUG expr                                                        # debugIns
  | FORALL NAME IN expr DO instruction* END                           # forallIns
  | WITH NAME FROM expr                                               # withIns
  | MATCH expr WITH '||'? insClause ('||' insClause)* END             # matchIns
  | IF condition THEN? yes=block (ELSE no=block)? END                 # ifIns
  | ENUM NAME '=' '||'? TAG ('||' TAG)*                               # enumIns
  | kind=(INSTRUCTIONS | DEFAULT) NAME '[' (union (',' union)*)? ']'  # declareIns
  ;

block : instruction* ;

insClause : (TAG | '_') '->' instruction* ;

test : '~'? kind=(ACYCLIC | IRREFLEXIVE | EMPTY) expr (AS NAME)? ;

binding : NAME parameter '=' expr # functionBinding
        | parameter '=' expr      # valueBinding
        ;

/** One name, or a tuple of names. */
parameter : formal (',' formal)* | '(' (formal (',' formal)*)? ')' ;

formal : NAME | '_' ;

expr
  : LET REC? binding (AND binding)* IN expr                           # letExpr
  | FUN parameter '->' expr                                           # funExpr
  | TRY expr WITH expr                                                # tryExpr
  | IF condition THEN expr ELSE expr                                  # ifExpr
  | MATCH expr WITH '||'? clause ('||' clause)* END                   # matchExpr
  | union (',' union)*                                                # plainExpr
  ;

clause
  : '{' '}' '->' expr                             # emptyClause
  | formal '++' formal '->' expr                  # elementClause
  | formal '|' formal '++' formal '->' expr       # middleClause
  | (TAG | '_') '->' expr                         # tagClause
  ;

condition
  : variant                                  # variantCondition
  | union kind=('=' | SUBSET | IN) union     # valueCondition
  ;

variant : conjunction ('||' conjunction)* ;
conjunction : negation ('&&' negation)* ;
negation : NOT negation | '(' variant ')' | STRING ;

union : insertion ('|' insertion)* ;
insertion : sequence ('++' insertion)? ;
sequence : difference (';' difference)* ;
difference : intersection ('\\' intersection)* ;
intersection : product ('&' product)* ;
product : complement ('*' complement)* ;
complement : '~' complement | postfix ;
postfix : application suffix* ;
suffix : '*' | '+' | '?' | '^' INV | '^' '*' | '^' '+' | '^' '?' ;

application : NAME argument* | simple ;

argument : NAME | simple ;

simple
  : '0'                                # zero
  | '_'                                # universe
  | TAG                                # tag
  | '{' (union (',' union)*)? '}'      # setOf
  | '[' expr ']'                       # identity
  | '(' expr? ')'                      # parenthesis
  | BEGIN expr END                     # parenthesis
  ;

LET : 'let' ;
REC : 'rec' ;
AND : 'and' ;
WHEN : 'when' ;
IN : 'in' ;
FUN : 'fun' ;
TRY : 'try' ;
WITH : 'with' ;
IF : 'if' ;
THEN : 'then' ;
ELSE : 'else' ;
NOT : 'not' ;
MATCH : 'match' ;
BEGIN : 'begin' ;
END : 'end' ;
SUBSET : 'subset' ;
ACYCLIC : 'acyclic' ;
IRREFLEXIVE : 'irreflexive' ;
EMPTY : 'empty' ;
FLAG : 'flag' ;
UNDEFINED_UNLESS : 'undefined_unless' ;
ASSERT : 'assert' ;
AS : 'as' ;
SHOW : 'show' ;
UNSHOW : 'unshow' ;
INCLUDE : 'include' ;
PROCEDURE : 'procedure' ;
CALL : 'call' ;
DEBUG : 'debug' ;
FORALL : 'forall' ;
DO : 'do' ;
FROM : 'from' ;
ENUM : 'enum' ;
INSTRUCTIONS : 'instructions' ;
DEFAULT : 'default' ;
CATDEP : 'catdep' ;

INV : '-1' ;
NAME : '_'? [a-zA-Z] [a-zA-Z0-9_.\-]* '\''? ;
TAG : '\'' '_'? [a-zA-Z] [a-zA-Z0-9_.\-]* '\''? ;
STRING : '"' ~["\r\n]* '"' ;

COMMENT : '(*' INSIDE* '*)' -> skip ;
fragment INSIDE
  : COMMENT
  | ~[(*]
  | '(' {_input.LA(1) != '*'}?
  | '*' {_input.LA(1) != ')'}?
  ;
/** Shorter than a comment wherever there is one. No rule wants it. */
UNCLOSED : '(*' INSIDE* ;
LINE_COMMENT : ('//' | '#') ~[\r\n]* -> skip ;
WS : [ \t\r\n]+ -> skip ;
