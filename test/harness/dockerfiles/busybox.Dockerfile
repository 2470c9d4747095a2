# A small application on busybox: four hundred names of one file, then the usual ways to waste bytes.
ARG BASE
FROM ${BASE} AS debian
FROM scratch
COPY --from=debian /bin/busybox /bin/busybox
RUN ["/bin/busybox", "--install", "/bin"]
ENV PATH=/bin
COPY app/ /opt/app/
RUN mkdir -p /opt/app/cache/a /tmp/build && echo 'app:x:1000:1000::/:/bin/sh' > /etc/passwd \
    && head -c 2000000 /dev/urandom > /tmp/build/object && cp /tmp/build/object /opt/app/program \
    && seq 1 9000 > /opt/app/cache/a/entries && ln /opt/app/program /opt/app/program-1.0 && ln -s program /opt/app/current
RUN chown -R 1000:1000 /opt/app && rm -rf /tmp/build
RUN rm -rf /opt/app/cache && mkdir /opt/app/cache && echo fresh > /opt/app/cache/new
RUN rm /bin/vi && rm /opt/app/program && mkdir /opt/app/program && echo inner > /opt/app/program/inner
COPY app/ /opt/app/
RUN chmod 4711 /opt/app/program-1.0 && touch /opt/app/config.json && ln -sf program-1.0 /opt/app/current \
    && ln /bin/busybox /bin/zz-busybox && ln /opt/app/config.json /opt/app/0-config
WORKDIR /opt/app
USER app
CMD ["./current"]
