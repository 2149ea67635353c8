"""gunicorn reads this file by itself when started in the repository; the configuration is the package's, so that `isnad serve` has it too."""

from service.serving import *  # noqa: F403 — gunicorn takes a configuration's names as they are
