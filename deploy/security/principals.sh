#!/bin/sh
# Makes Exitpool's principals (SCRAM-SHA-512) and their ACLs with Kafka's own tools: who there is says
# inventory.txt, who may do what says acls.csv, and nothing is said here.
set -eu

usage() {
    cat <<'END'
usage: principals.sh [OPTIONS] apply
       principals.sh [OPTIONS] remove ROLE NAME

apply   Gives a password to every principal of the inventory that has no file in --secrets yet, and
        every right of its role. Doing it again changes nothing; what another list once gave, it does
        not take away.
remove  Takes the rights of the role and the password from a principal that has left the inventory.

  --bootstrap HOST:PORT   Kafka's brokers, the listener for clients. Default: localhost:9093.
  --command-config FILE   How to reach them as a super user, in the keys of Kafka's tools.
  --inventory FILE        Lines of ROLE NAME. Default: inventory.txt beside this script.
  --secrets DIR           Where passwords are put: a file of mode 600 for each name. Hand each to its
                          owner, and keep the directory as you keep keys. Default: ./secrets.
  --dry-run               Say what would be done, and do nothing.
  --help                  This.

kafka-acls.sh and kafka-configs.sh (or kafka-acls, kafka-configs) must be on the PATH.
exit codes: 0 done; 1 Kafka refused; 2 wrong usage, inventory or list
END
}

wrong() {
    echo "principals.sh: $*" >&2
    exit 2
}

here=$(cd "$(dirname "$0")" && pwd -P)
acls=$here/acls.csv
inventory=$here/inventory.txt
bootstrap=localhost:9093
command_config=
secrets=secrets
dry_run=
# Names for one call of the tool: each is an argument, and a call is a Java machine.
batch=100

while [ $# -gt 0 ]; do
    case $1 in
        --bootstrap | --command-config | --inventory | --secrets)
            [ $# -ge 2 ] || wrong "$1 needs a value; see --help"
            case $1 in
                --bootstrap) bootstrap=$2 ;;
                --command-config) command_config=$2 ;;
                --inventory) inventory=$2 ;;
                --secrets) secrets=$2 ;;
            esac
            shift 2
            ;;
        --dry-run)
            dry_run=yes
            shift
            ;;
        --help)
            usage
            exit 0
            ;;
        -*) wrong "unknown option $1; see --help" ;;
        *) break ;;
    esac
done
[ $# -ge 1 ] || wrong "say apply or remove; see --help"
[ -r "$inventory" ] || wrong "there is no inventory $inventory: name one with --inventory"
[ -z "$command_config" ] || [ -r "$command_config" ] || wrong "cannot read $command_config"

# A tool under the name that Apache's archives or packages give it.
tool() {
    command -v "$1.sh" || command -v "$1" || {
        [ -z "$dry_run" ] || { echo "$1.sh" && return; }
        wrong "$1.sh is not on the PATH: it is in the bin directory of Kafka"
    }
}

find_tools() {
    kafka_acls=$(tool kafka-acls)
    kafka_configs=$(tool kafka-configs)
}

# Runs one of them against the cluster. It must not read the list that is being read.
kafka() {
    if [ -n "$command_config" ]; then
        set -- "$@" --command-config "$command_config"
    fi
    if [ -n "$dry_run" ]; then
        echo "$@"
        return
    fi
    "$@" </dev/null >/dev/null || {
        echo "principals.sh: Kafka refused: $*" >&2
        exit 1
    }
}

# The lines of a file that say something.
lines() {
    sed -e 's/[[:space:]]*$//' -e '/^[[:space:]]*#/d' -e '/^$/d' "$1"
}

check_inventory() {
    lines "$inventory" | while read -r role name rest; do
        if [ -z "$name" ] || [ -n "$rest" ]; then
            wrong "$inventory: not ROLE NAME: $role $name $rest"
        fi
        case $name in
            *[!A-Za-z0-9._-]*) wrong "$inventory: $name has other characters than A-Za-z0-9._-" ;;
        esac
        lines "$acls" | grep -q "^$role," || wrong "$inventory: acls.csv has no role $role"
    done
}

# Adds or removes one row's rights for the names behind it.
change_row() {
    change=$1 resource=$2 pattern=$3 names=$4 operations=$5
    shift 5
    # Each word of the row is an argument of its own.
    for name in $names; do
        case $resource in
            cluster) set -- "$@" --cluster ;;
            *) set -- "$@" "--$resource" "$name" ;;
        esac
    done
    for operation in $operations; do
        set -- "$@" --operation "$operation"
    done
    kafka "$kafka_acls" --bootstrap-server "$bootstrap" "$change" --force \
        --resource-pattern-type "$pattern" "$@"
}

# The rights of a role for the principals behind it, as arguments of the tool.
change_role() {
    change=$1 of=$2
    shift 2
    lines "$acls" | while IFS=, read -r role resource pattern names operations; do
        [ "$role" = "$of" ] || continue
        change_row "$change" "$resource" "$pattern" "$names" "$operations" "$@"
    done
}

# Everyone who has the role, a batch at a time.
grant_role() {
    role=$1
    set --
    for name in $(lines "$inventory" | awk -v role="$role" '$1 == role { print $2 }'); do
        set -- "$@" --allow-principal "User:$name"
        if [ $# -ge $((2 * batch)) ]; then
            change_role --add "$role" "$@"
            set --
        fi
    done
    [ $# -eq 0 ] || change_role --add "$role" "$@"
}

# A password that nobody has seen: not on a command line, where others of the machine could.
give_password() {
    if [ -s "$secrets/$1" ]; then
        return
    fi
    if [ -n "$dry_run" ]; then
        kafka "$kafka_configs" --bootstrap-server "$bootstrap" --alter --entity-type users \
            --entity-name "$1" --add-config-file "a new password, kept in $secrets/$1"
        return
    fi
    # Noted before Kafka is told: a run that is cut off goes on with the same one.
    [ -s "$secrets/$1.new" ] || od -An -N24 -tx1 /dev/urandom | tr -d ' \n' >"$secrets/$1.new"
    printf 'SCRAM-SHA-512=password=%s\n' "$(cat "$secrets/$1.new")" >"$secrets/.config"
    kafka "$kafka_configs" --bootstrap-server "$bootstrap" --alter --entity-type users \
        --entity-name "$1" --add-config-file "$secrets/.config"
    mv "$secrets/$1.new" "$secrets/$1"
}

apply() {
    check_inventory
    find_tools
    if [ -z "$dry_run" ]; then
        umask 077
        mkdir -p "$secrets"
        trap 'rm -f "$secrets/.config"' EXIT
    fi
    # Rights first: a principal that can log in can do its work.
    for role in $(lines "$inventory" | awk '{ print $1 }' | sort -u); do
        grant_role "$role"
    done
    for name in $(lines "$inventory" | awk '{ print $2 }' | sort -u); do
        give_password "$name"
    done
}

remove() {
    if lines "$inventory" | awk '{ print $2 }' | grep -qxF "$2"; then
        wrong "$2 is in $inventory: take it out first, or the next apply brings it back"
    fi
    lines "$acls" | grep -q "^$1," || wrong "acls.csv has no role $1"
    find_tools
    # Rights first: they end at once, also for a connection that is open.
    change_role --remove "$1" --allow-principal "User:$2"
    kafka "$kafka_configs" --bootstrap-server "$bootstrap" --alter --entity-type users \
        --entity-name "$2" --delete-config SCRAM-SHA-512
    [ -n "$dry_run" ] || rm -f "$secrets/$2"
}

case $1 in
    apply)
        [ $# -eq 1 ] || wrong "apply takes no arguments; see --help"
        apply
        ;;
    remove)
        [ $# -eq 3 ] || wrong "remove takes ROLE NAME; see --help"
        remove "$2" "$3"
        ;;
    *) wrong "unknown command $1; see --help" ;;
esac
