# The host site of this repository, for compose.yaml: the plugin as a wheel, the site beside it, nobody is root.
ARG PYTHON_IMAGE=python:3.11-slim-bookworm
FROM ${PYTHON_IMAGE} AS packages
COPY requirements/host.txt /source/requirements/host.txt
RUN python -m venv /opt/site \
    && /opt/site/bin/pip install --no-cache-dir --require-hashes -r /source/requirements/host.txt
COPY pyproject.toml setup.py README.md LICENSE /source/
COPY socialekaart_plugin /source/socialekaart_plugin
RUN /opt/site/bin/pip install --no-cache-dir --no-deps /source

FROM ${PYTHON_IMAGE}
RUN apt-get update \
    && apt-get install --yes --no-install-recommends cron \
    && rm -rf /var/lib/apt/lists/* /etc/cron.d/* \
    && useradd --uid 10001 --home-dir /srv/site --shell /usr/sbin/nologin site \
    && install -d -o site /srv/var
COPY --from=packages /opt/site /opt/site
WORKDIR /srv/site
COPY manage.py ./
COPY cms ./cms
COPY home ./home
COPY search ./search
COPY templates ./templates
COPY container ./container
COPY container/crontab /etc/cron.d/socialekaart
# Whatever the mask was under which the checkout was made.
RUN chmod -R a+rX /srv/site \
    && chmod 644 /etc/cron.d/socialekaart \
    && chmod 755 container/prepare container/timer container/job
ENV PATH=/opt/site/bin:$PATH PYTHONUNBUFFERED=1 TZ=Europe/Amsterdam \
    DJANGO_SETTINGS_MODULE=cms.settings.production VAR_DIR=/srv/var
USER site
EXPOSE 8000
# A temporary folder in memory: a worker that beats its heart on a slow disk would be taken for dead.
CMD ["gunicorn", "cms.wsgi", "--bind", "0.0.0.0:8000", "--workers", "3", "--worker-tmp-dir", "/dev/shm", "--access-logfile", "-"]
