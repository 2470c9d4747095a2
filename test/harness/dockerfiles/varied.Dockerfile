# Everything that one writer of images may put down in another way than the next, in a megabyte or two.
ARG BASE
FROM ${BASE} AS debian
FROM scratch
COPY --from=debian /bin/busybox /bin/busybox
RUN ["/bin/busybox", "--install", "-s", "/bin"]
ENV PATH=/bin
LABEL purpose="every writer's image" empty=""

# A tree to change, names and modes that are seldom, what is neither file nor directory.
RUN set -eu; mkdir -p /srv/tree/sub /srv/opaque/sub /srv/gone/sub /srv/links /srv/names /srv/special /tmp; chmod 1777 /tmp; \
    seq 1 5000 > /srv/tree/written; seq 1 4000 > /srv/tree/owned; seq 1 3000 > /srv/tree/moded; : > /srv/tree/empty; \
    seq 1 2000 > /srv/tree/sub/file; echo old > /srv/opaque/old; echo same > /srv/opaque/sub/kept; \
    seq 1 6000 > /srv/gone/sub/file; seq 1 10 > /srv/gone/file; chmod 2750 /srv/tree; chmod 0 /srv/tree/empty; \
    cp /bin/busybox /srv/tree/tool; chmod 4755 /srv/tree/tool; chown 3000000:3000001 /srv/tree/moded; \
    touch -d 1960-05-05 /srv/tree/owned; touch -d 2111-11-11 /srv/tree/written
RUN set -eu; cd /srv/links; seq 1 999 > one; ln one two; ln one three; ln one four; seq 1 500 > solo; \
    ln -s solo soft; ln -s nowhere dangling; ln -s loop loop; ln -s ../tree relative; ln -s /srv/tree absolute; \
    mkfifo /srv/special/fifo; mknod /srv/special/zero c 1 5; mknod /srv/special/disk b 7 200; mknod /srv/special/far c 300 70000; \
    ln /srv/special/fifo /srv/special/fifo-linked
RUN set -eu; cd /srv/names; \
    for name in -dash 'with space' ünïcödé 日本語 '😀' 'back\slash' '%41' "it's" '...' '.wharf' 'a:b'; do echo "$name" > "./$name"; done; \
    printf x > "$(printf 'new\nline')"; printf x > "$(printf 'latin\351')"; printf x > "$(printf 'escape\033[31m')"; \
    long=$(printf '%0250d' 7); echo long > "$long"; ln "$long" "$(printf '%0251d' 7)"; ln -s "$long" to-long; \
    deep=$(printf 'd%098d/' 1 2 3); mkdir -p "$deep"; echo deep > "$deep/file"

# From the build context: the same file again and again, and programs that may bind low ports.
COPY payload.bin /srv/tree/payload.bin
COPY --chown=7:8 payload.bin /srv/tree/payload.bin
ADD capable.tar /srv/capable/

# The first and the last of these are one layer to the byte, whenever they are built: a mode leaves all times as they
# were, those of the directories too. One blob, named twice.
RUN chmod 640 /srv/tree/payload.bin
RUN chmod 600 /srv/tree/payload.bin
RUN chmod 640 /srv/tree/payload.bin

# Overwritten, repeated, deleted; one kind becomes another; hard links come apart, and reach across layers.
RUN seq 5000 -1 1 > /srv/tree/written; chown 9:9 /srv/tree/owned; chmod 600 /srv/tree/moded; chmod 755 /srv/tree/tool
RUN rm -rf /srv/gone/sub /srv/names/-dash "$(printf '/srv/names/latin\351')" "$(printf '/srv/names/new\nline')"
RUN rm -rf /srv/opaque; mkdir /srv/opaque; echo new > /srv/opaque/new
RUN rm /srv/links/one; echo more >> /srv/links/two; ln /srv/links/solo /srv/links/a-second-name
RUN set -eu; rm /srv/links/solo; rm -r /srv/tree/sub; echo file > /srv/tree/sub; rm /srv/gone/file; mkdir /srv/gone/file; \
    echo inner > /srv/gone/file/inner; ln -sfn elsewhere /srv/links/soft; rm /srv/special/fifo; echo f > /srv/special/fifo; \
    printf y > "$(printf '/srv/names/latin\351')"; printf y > "$(printf '/srv/names/latin\350')"; rm -r /srv/links/relative; \
    mkdir /srv/links/relative; echo real > /srv/links/relative/file
ADD incapable.tar /srv/capable/
WORKDIR /srv/made/by/workdir
USER 9:9
EXPOSE 8080
ENTRYPOINT ["/bin/sh", "-c"]
CMD ["echo done"]
