# bash completion for ocigc-ledger

# _ocigc_ledger_model COMMAND: its options; which of them take what kind of value; the kinds of its
# operands, '*' for any number. A kind that begins with '=' lists all that there is.
_ocigc_ledger_model() {
  case $1 in
@COMMANDS@
  esac
}

# _ocigc_ledger_quoted QUOTE TEXT: sets 'quoted' to the text as it is written inside these quotes
_ocigc_ledger_quoted() {
  local at sign
  quoted=
  for ((at = 0; at < ${#2}; at++)); do
    sign=${2:at:1}
    case $1$sign in
    "''") quoted+="'\\''" ;;
    '"!') # history, but before the quote that bash will add; and it adds none where one is
      if [ $((at + 1)) -eq ${#2} ]; then quoted+=$sign; else quoted+="\"'!'\""; fi
      ;;
    '""' | '"\' | '"$' | '"`') quoted+="\\$sign" ;;
    *) quoted+=$sign ;;
    esac
  done
}

_ocigc_ledger() {
  COMPREPLY=()
  local IFS=$' \t\n' line=${COMP_LINE-}
  if [ -n "$line" ]; then
    line=${line:0:COMP_POINT}
  else
    line="${COMP_WORDS[*]:0:COMP_CWORD+1}"
  fi

  # The line as words without their quotes, since bash has cut it at each of $COMP_WORDBREAKS.
  # What bash will replace is the last word from 'fixed' on. A word with something in it that bash
  # will expand is 'live': what it will be is not known, and it is not to become another.
  local at sign quote= begun= live= redirected= word= fixed= outside=
  local words=()
  for ((at = 0; at < ${#line}; at++)); do
    sign=${line:at:1}
    case $quote$sign in
    "''" | '""') quote= fixed=$outside ;;
    '"\')
      case ${line:at+1:1} in
      [\"\\\$\`]) at=$((at + 1)) ;;
      esac
      word+=${line:at:1}
      ;;
    '"$' | '"`') word+=$sign live=yes ;;
    [\'\"]?*) word+=$sign ;;
    [\'\"]) quote=$sign begun=yes outside=$fixed fixed=$word ;;
    '\') word+=${line:at+1:1} at=$((at + 1)) begun=yes ;;
    [[:space:]\<\>])
      if [ -n "$begun" ] && [ -z "$redirected" ]; then
        words+=("$word")
      fi
      case $sign in
      [\<\>]) redirected=yes ;;
      *) if [ -n "$begun" ]; then redirected=; fi ;;
      esac
      word= begun= live= fixed=
      ;;
    *)
      word+=$sign begun=yes
      case $sign in
      [\$\`]) live=yes ;;
      esac
      case ${COMP_WORDBREAKS-} in
      *"$sign"*) fixed=$word ;;
      esac
      ;;
    esac
  done
  if [ -n "$redirected" ]; then
    compopt -o default 2>/dev/null
    return
  fi

  local command= option= plain= store= operand=0 each
  local switches values operands kind= head= typed=$word
  _ocigc_ledger_model ''
  for each in "${words[@]:1}"; do
    if [ -n "$option" ]; then
      if [ "$option" = --store ]; then
        store=$each
      fi
      option=
    elif [ -z "$plain" ] && [ "$each" = -- ]; then
      plain=yes
    elif [ -z "$plain" ] && [[ $each == -?* ]]; then
      if [[ $each == --store=* ]]; then
        store=${each#*=}
      elif [[ " $values " == *" $each="* ]]; then
        option=$each
      fi
    elif [ -z "$command" ]; then
      command=$each
      _ocigc_ledger_model "$command"
    else
      operand=$((operand + 1))
    fi
  done

  if [ -z "$option$plain" ] && [[ $word == --*=* ]]; then
    option=${word%%=*} head=$option= typed=${word#*=}
  fi
  if [ -n "$option" ]; then
    if [[ " $values " == *" $option="* ]]; then
      kind=" $values "
      kind=${kind#*" $option="}
      kind=${kind%% *}
    fi
  elif [ -z "$plain" ] && [[ $word == -* ]]; then
    kind="=${switches// /,}"
  else
    for each in $operands; do
      kind=$each
      if [ "$operand" -eq 0 ] || [[ $each == *'*' ]]; then
        operand=0
        break
      fi
      operand=$((operand - 1)) kind=
    done
    kind=${kind%'*'}
  fi

  local found=() program=ocigc-ledger quoted
  case $kind in
  reference | content)
    if [ -n "$live" ]; then
      return
    fi
    case ${words[0]} in # where it was called by a path, it may not be on $PATH
    '~/'*) program=$HOME/${words[0]:2} ;;
    */*) program=${words[0]} ;;
    esac
    while IFS= read -r each; do
      found+=("$each")
    done <<<"$(command "$program" __complete "$kind" "$typed" ${store:+"$store"} 2>/dev/null)"
    ;;
  file) compopt -o default 2>/dev/null ;;
  folder) compopt -o dirnames 2>/dev/null ;;
  =*) IFS=, read -r -a found <<<"${kind#=}" ;;
  esac
  for each in ${found[@]+"${found[@]}"}; do
    if [ -n "$each" ] && [[ $each == "$typed"* ]]; then
      each=$head$each
      each=${each:${#fixed}}
      if [ -n "$quote" ]; then
        _ocigc_ledger_quoted "$quote" "$each"
      else
        printf -v quoted %q "$each"
      fi
      COMPREPLY+=("$quoted")
    fi
  done
}

complete -F _ocigc_ledger ocigc-ledger
