# Every kind of change that a layer can make, on a real Debian.
ARG BASE
FROM ${BASE}
ENV LANG=C.UTF-8
LABEL purpose="ground truth"

# A tree to change. Times before 1970 and owners above 2^21 need more than a plain tar header.
RUN set -eu; \
    mkdir -p /srv/app/lib /srv/app/data/deep/er /srv/opaque/sub /srv/gone/a/b /srv/moved/inner /srv/back; \
    seq 1 5000 > /srv/app/lib/numbers.txt; \
    head -c 300000 /dev/urandom > /srv/app/lib/random.bin; \
    cp /bin/bash /srv/app/lib/tool; chmod 4755 /srv/app/lib/tool; \
    ln /srv/app/lib/tool /srv/app/lib/tool-by-another-name; \
    seq 1 100 > /srv/app/data/deep/er/list; : > /srv/app/data/empty; \
    echo old > /srv/opaque/old; echo same > /srv/opaque/kept; echo sub > /srv/opaque/sub/file; \
    echo a > /srv/gone/a/file; echo b > /srv/gone/a/b/file; \
    echo moved > /srv/moved/inner/file; seq 1 2000 > /srv/back/file; seq 1 3000 > /srv/back/other; \
    chown 3000000:3000001 /srv/back/other; touch -d 1960-05-05 /srv/back/other; \
    touch -d 2111-11-11 /srv/back/file; chmod 2775 /srv/app/data; chmod 1777 /srv/back; chmod 0 /srv/app/data/empty

# Hard links, also of what is no regular file.
RUN set -eu; mkdir /srv/links; cd /srv/links; \
    seq 1 999 > one; ln one two; ln one three; ln one four; seq 1 10 > solo; \
    ln -s solo symbolic; ln symbolic symbolic-linked; ln -s nowhere dangling; ln -s loop loop; \
    ln -s /srv/app absolute; ln -s ../app/lib relative; \
    mkfifo queue; ln queue queue-linked

# What is neither file nor directory, a sparse file, and one that is all hole.
RUN set -eu; mkdir /srv/special; cd /srv/special; \
    mkfifo fifo; mknod zero c 1 5; mknod disk b 7 200; mknod far c 300 70000; \
    truncate -s 3000000 sparse; printf end >> sparse; truncate -s 1234567 hole

# Names.
RUN set -eu; mkdir /srv/names; cd /srv/names; \
    for name in 'with space' ' leading' 'trailing ' -dash --force 'ünïcödé' 日本語 '😀' '*' '?' '[a]' "it's" '"' \
        'back\slash' '%41' '#' '~' '$HOME' '...' '.wh' '.wharf' 'a:b' '{}' ä "$(printf 'a\314\210')"; do echo "$name" > "./$name"; done; \
    printf x > "$(printf 'new\nline')"; printf x > "$(printf 'tab\there')"; printf x > "$(printf 'escape\033[31m')"; \
    long=$(printf '%0250d' 7); echo long > "$long"; ln "$long" "$(printf '%0251d' 7)"; ln -s "$long" to-long; \
    deep=$(printf 'd%098d/' 1 2 3 4 5 6); mkdir -p "$deep"; echo deep > "$deep/file"; \
    half=$(printf '%099d' 1); mkdir "$half"; echo half > "$half/$half"; ln "$half/$half" "$half/x"

COPY payload.bin /srv/app/payload.bin
COPY payload.bin /srv/app/payload.bin
COPY --chown=1000:1000 payload.bin /srv/app/payload.bin
ADD tree.tar /srv/added/
CMD ["/bin/bash"]

# Metadata alone. The hard links of the tree come apart here, as they do on every overlay.
RUN chown -R 1000:1000 /srv/app
RUN chmod 600 /srv/app/lib/numbers.txt; chmod 700 /srv/app/data; touch -d 2001-01-01 /srv/app/lib/random.bin

# Deletions: what another layer brought, whole trees of it, single names.
RUN rm -rf /usr/share/doc /usr/share/man /var/lib/dpkg/info/a* /srv/gone/a/b
RUN dpkg --purge --force-depends tzdata
RUN rm -rf /srv/gone /srv/back/file; cd /srv/names; rm -- -dash "$(printf 'new\nline')" 日本語 'with space'

# Removed and made anew in one layer: an opaque directory.
RUN rm -rf /srv/opaque; mkdir /srv/opaque; echo new > /srv/opaque/new; echo same > /srv/opaque/kept
RUN rm -rf /srv/app/data/deep; mkdir -p /srv/app/data/deep/er; seq 1 100 > /srv/app/data/deep/er/list

# Names of a hard link that go one after the other, one that is written to, one that is added.
RUN rm /srv/links/one
RUN echo more >> /srv/links/two
RUN ln /srv/links/solo /srv/links/a-second-name; ln /srv/app/lib/numbers.txt /srv/links/zz-numbers; \
    ln /srv/links/four /srv/links/five
RUN rm /srv/links/solo /srv/links/three /srv/links/four

# One kind becomes another.
RUN set -eu; mkdir -p /srv/swap/dir-to-file/inner /srv/swap/dir-to-link/inner /srv/swap/dir-to-fifo; cd /srv/swap; \
    echo x > dir-to-file/inner/file; echo y > dir-to-link/inner/file; echo z > file-to-dir; echo w > file-to-link; \
    ln -s file-to-dir link-to-file; ln -s /srv link-to-dir; mkfifo fifo-to-file; ln -s one retargeted; echo t > target
RUN set -eu; cd /srv/swap; \
    rm -r dir-to-file; echo file > dir-to-file; rm -r dir-to-link; ln -s /srv/app dir-to-link; \
    rmdir dir-to-fifo; mkfifo dir-to-fifo; rm file-to-dir; mkdir file-to-dir; echo in > file-to-dir/inner; \
    rm file-to-link; ln -s target file-to-link; rm link-to-file; echo file > link-to-file; \
    rm link-to-dir; mkdir link-to-dir; echo in > link-to-dir/file; rm fifo-to-file; echo f > fifo-to-file; \
    ln -sfn two retargeted
RUN rm -r /srv/swap/file-to-dir; echo 'file again' > /srv/swap/file-to-dir; echo through >> /srv/swap/dir-to-link/lib/numbers.txt

# Put back after it was gone, moved, edited in place.
RUN seq 1 2000 > /srv/back/file; mv /srv/moved /srv/app/moved; useradd --create-home --uid 4711 person
RUN sed -i s/x/y/ /srv/swap/target; echo 'LANG=C' >> /etc/environment; mkdir -p /srv/gone/a; echo back > /srv/gone/a/file

# No layer of their own, and layers without a change.
ENV A=1 B=2
EXPOSE 8080
WORKDIR /srv/app
WORKDIR /srv/made/by/workdir
RUN true
USER 4711
STOPSIGNAL SIGINT
ENTRYPOINT ["/bin/sh", "-c"]
CMD ["echo done"]
