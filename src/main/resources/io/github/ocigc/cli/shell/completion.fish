# fish completion for ocigc-ledger

# __ocigc_ledger_at COUNT COMMAND...: true if one of these is the command of this line and so many
# operands stand before the cursor ('any': however many). Without a COMMAND: true if there is none.
function __ocigc_ledger_at --argument-names count
    set -l valued @VALUED@
    set -l seen
    set -l option
    set -l plain
    for word in (commandline -opc)[2..]
        if test -n "$option"
            set option
        else if test -z "$plain"; and test "$word" = --
            set plain yes
        else if test -z "$plain"; and string match -qr -- '^-.' "$word"
            if contains -- "$word" $valued
                set option $word
            end
        else
            set -a seen "$word"
        end
    end
    if test (count $argv) -eq 1
        test (count $seen) -eq 0
    else if contains -- "$seen[1]" $argv[2..]
        test "$count" = any; or test (count $seen) -eq (math $count + 1)
    else
        return 1
    end
end

# __ocigc_ledger_stored KIND: what the store of this line holds
function __ocigc_ledger_stored --argument-names kind
    set -l typed (commandline -opc)
    set -l program ocigc-ledger
    switch "$typed[1]" # where it was called by a path, it may not be on $PATH
        case '~/*'
            set program $HOME/(string sub -s 3 -- $typed[1])
        case '*/*'
            set program $typed[1]
    end
    set -l store
    set -l named
    for word in $typed[2..]
        if test -n "$named"
            set store $word
            set named
        else if test "$word" = --store
            set named yes
        else if string match -q -- '--store=*' "$word"
            set store (string replace -- --store= '' "$word")
        end
    end
    set -l token (string replace -r -- '^--[^=]*=' '' (commandline -ct))
    set -l beginning (string unescape -- "$token")
    or set beginning (string replace -r -- '^[\'"]' '' "$token")
    command $program __complete $kind "$beginning" $store 2>/dev/null
end

complete -c ocigc-ledger -f
@COMMANDS@
