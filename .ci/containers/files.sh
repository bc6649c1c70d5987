# Sourced by the scripts that make an image of this machine's own files.

# new_root DIR: a root file system with a shell, the everyday tools and this machine's certificates.
new_root() {
    local root=$1 directory
    mkdir -p "$root"/{tmp,etc,proc,sys,dev,root,home,run,opt,var/lib,var/tmp,usr/bin,usr/sbin,usr/lib,usr/lib64}
    chmod 1777 "$root/tmp" "$root/var/tmp"
    for directory in bin sbin lib lib64; do
        ln -s "usr/$directory" "$root/$directory"
    done
    copy "$root" /etc/ssl /etc/nsswitch.conf /etc/login.defs /etc/pam.d /usr/share/zoneinfo \
        /usr/share/ca-certificates /usr/lib/locale/C.utf8
    printf 'root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65534::/:/bin/false\n' >"$root/etc/passwd"
    printf 'root:x:0:\nnogroup:x:65534:\n' >"$root/etc/group"
    printf 'root:*:1::::::\n' >"$root/etc/shadow"
    programs "$root" bash sh cat ls cp mv rm mkdir rmdir chmod chown ln id env sleep date head tail \
        wc sort uniq tr cut sed grep awk find xargs touch test true false echo printf uname hostname \
        getent curl ps basename dirname mktemp readlink tee sha256sum tar gzip useradd groupadd \
        seq stat df du timeout nproc kill install cmp od unzip expr
    # What is loaded at run time only: names, and what RocksDB's library asks for.
    local library
    for library in libnss_files.so.2 libnss_dns.so.2 libstdc++.so.6 libgcc_s.so.1 libpthread.so.0 \
        librt.so.1 libdl.so.2; do
        cp -aL "/lib/x86_64-linux-gnu/$library" "$root/usr/lib/x86_64-linux-gnu/"
    done
}

# copy ROOT PATH...: files and directories, to where they are here. /bin and /lib are links.
copy() {
    local root=$1
    shift
    tar -C / --exclude='*/src.zip' --exclude='*.jmod' --exclude='*/man' -c "${@#/}" | tar -C "$root" -x
}

# programs ROOT NAME...: programs by name, with the libraries that they need.
programs() {
    local root=$1 name path
    shift
    for name in "$@"; do
        path=$(type -P "$name") || { echo "no program $name here" >&2; return 1; }
        install -D "$(readlink -f "$path")" "$root/usr/bin/$(basename "$name")"
        libraries "$root" "$(readlink -f "$path")"
    done
}

# libraries ROOT FILE...: the shared libraries that these files need.
libraries() {
    local root=$1 library
    shift
    # Lines such as "libz.so.1 => /lib/x86_64-linux-gnu/libz.so.1 (0x...)", and the loader's own.
    (ldd "$@" 2>/dev/null || true) | sed -n 's/^[^/]*\(\/[^ ]*\) (0x.*/\1/p' | sort -u | while read -r library; do
        # Names are kept, links are followed.
        [ -e "$root$library" ] || install -D "$(readlink -f "$library")" "$root$library"
    done
}

# publish ROOT NAME CHANGE...: makes it an image; changes are Dockerfile lines, such as CMD.
publish() {
    local root=$1 name=$2 change changes=()
    shift 2
    for change in "$@"; do
        changes+=(-c "$change")
    done
    tar -C "$root" -c . | docker import "${changes[@]}" - "$name"
}
