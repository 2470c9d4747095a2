# Archives for `docker import`, written by GNU tar in formats that Docker itself never writes. The daemon keeps
# an imported archive byte for byte, so each becomes a layer of that format. Sparse files stand apart: Docker 20.10
# imports a pax archive with one in it (GNU's older kind it refuses), and then cannot export the image it made.
ARG BASE
FROM ${BASE}
RUN set -eu; mkdir -p /tree/etc /tree/dev /tree/implied/deeper /out; cd /tree; \
    echo text > etc/motd; mknod dev/zero c 1 5; mkfifo dev/queue; \
    seq 1 1000 > file; ln file hard; ln -s file soft; chmod 6755 file; \
    echo in > implied/deeper/file; mkdir empty; chmod 1777 empty; \
    touch -d 1960-05-05 etc/motd

# Old formats know no names longer than 100 characters and no time before 1970.
RUN cd /tree && touch -d 1980-01-01 etc/motd && tar --create --file /out/v7.tar --format=v7 etc file hard soft empty

RUN set -eu; cd /tree; \
    truncate -s 2000000 sparse; printf end >> sparse; truncate -s 5000000 sparse; printf tail >> sparse; \
    i=0; while [ $i -lt 40 ]; do i=$((i + 1)); printf "block $i" >> many-holes; truncate -s $((i * 40000)) many-holes; done; \
    truncate -s 70000 hole; long=$(printf '%0200d' 7); echo long > "$long"; ln "$long" "$(printf '%0201d' 7)"; \
    ln -s "$long" to-long; echo ü > 'ünïcödé'; chown 3000000:3000001 'ünïcödé'; touch -d 1960-05-05 etc/motd; \
    tar --create --file /out/gnu.tar --format=gnu .; \
    tar --create --file /out/pax.tar --format=posix --pax-option='globexthdr.name=g,comment=global' \
        $(ls -A | grep -v implied) implied/deeper/file; \
    tar --create --file /out/sparse.tar --format=posix --sparse etc dev sparse many-holes hole
