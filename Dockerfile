# One image for web, worker and beat; the command says which.
FROM python:3.11-slim-bookworm

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=unionops.settings.production \
    UNIONOPS_VAR=/var/lib/unionops

# Pango and HarfBuzz lay out the PDFs; the fonts print Chinese, 楷体 included.
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk fonts-lxgw-wenkai \
    && rm -rf /var/lib/apt/lists/*

WORKDIR /srv/unionops
COPY requirements.txt .
RUN pip install --no-cache-dir --require-hashes -r requirements.txt

COPY . .
RUN useradd --system --uid 10001 --home-dir /var/lib/unionops unionops \
    && install -d -o unionops -g unionops /var/lib/unionops /var/lib/unionops/files /var/lib/unionops/static
USER unionops

EXPOSE 8000
CMD ["gunicorn", "unionops.wsgi:application", "--bind", "0.0.0.0:8000", "--workers", "3", "--preload", "--timeout", "60", "--no-control-socket", "--access-logfile", "-"]
