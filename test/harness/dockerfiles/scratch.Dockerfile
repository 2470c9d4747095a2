# Layers that only COPY and ADD make: there is no shell in this image.
FROM scratch
COPY first/ /
COPY ["with space.txt", "/data/with space.txt"]
COPY --chown=1000:1000 first/data/ /data/
ADD replace.tar /
COPY first/data/ /data/
COPY payload.bin /data/one.bin
COPY payload.bin /data/two.bin
COPY --chown=7:8 payload.bin /data/two.bin
ENV only=metadata
