#compdef ocigc-ledger
# zsh completion for ocigc-ledger

# _ocigc-ledger_stored [WHAT FOR COMPADD...] KIND: what the store of this line holds
_ocigc-ledger_stored() {
  local program=ocigc-ledger beginning=$PREFIX store= at
  local -a found
  if [[ -z $compstate[quote] ]]; then
    beginning=${(Q)PREFIX}
  fi
  case $typed[1] in # where it was called by a path, it may not be on $PATH
    ('~/'*) program=$HOME/${(Q)typed[1][3,-1]} ;;
    (*/*) program=${(Q)typed[1]} ;;
  esac
  for (( at = 2; at < $#typed; at++ )); do
    case $typed[at] in
      (--store) store=${(Q)typed[at+1]} ;;
      (--store=*) store=${(Q)typed[at]#*=} ;;
    esac
  done
  found=("${(@f)$(command $program __complete $argv[-1] "$beginning" $store 2>/dev/null)}")
  compadd "${(@)argv[1,-2]}" -- "${(@)found:#}"
}

_ocigc-ledger() {
  local curcontext=$curcontext state state_descr line ret=1
  local -a typed commands
  typeset -A opt_args
  typed=("${(@)words[1,CURRENT]}")
  _arguments -C -s -A '-*' : \
@COMMON@
    '1:command:->command' \
    '*::operand:->operands' && ret=0
  case $state in
    (command)
      commands=(
@COMMANDS@
      )
      _describe -t commands command commands && ret=0
      ;;
    (operands)
      case $words[1] in
@OPERANDS@
      esac
      ;;
  esac
  return ret
}

# called from $fpath, or sourced
if [[ $funcstack[1] == _ocigc-ledger ]]; then
  _ocigc-ledger "$@"
elif (( $+functions[compdef] )); then
  compdef _ocigc-ledger ocigc-ledger
else
  print -u2 'ocigc-ledger: zsh has no completion yet; call compinit before this.'
fi
