"""How gunicorn serves the portal: `gunicorn -c python:portal.gunicorn portal.wsgi`."""

import os
from pathlib import Path

from portal import env

bind = f"{env.text('BIND', '127.0.0.1')}:{env.integer('PORT', 8000, least=1)}"
worker_class = "gthread"
preload_app = True  # one import for all workers, whose memory they share
workers = env.integer("WEB_WORKERS", 2, least=1)
threads = env.integer("WEB_THREADS", 4, least=1)
timeout = 60
graceful_timeout = 10
keepalive = 5
max_requests = 20_000
max_requests_jitter = 2_000
accesslog = None  # addresses of one-time links do not belong in a log
loglevel = "warning"
control_socket_disable = True
_memory = Path("/dev/shm")  # noqa: S108 - gunicorn makes its own unguessable file there
worker_tmp_dir = str(_memory) if os.access(_memory, os.W_OK) else None  # a slow disk must not look like a dead worker
