# A layer or two of Docker's own on an imported archive.
ARG BASE
FROM ${BASE}
COPY file /file
ADD replace.tar /
