"""`lotse serve`: the HTTP service."""

import logging
from typing import Annotated

import structlog
import typer
import uvicorn

app = typer.Typer()


@app.command()
def serve(
    host: Annotated[str, typer.Option(envvar="HOST", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(envvar="PORT", help="Port to listen on.")] = 8000,
) -> None:
    """Serve the release that is published, take contributions and publish them.

    A new release is taken up without a restart.
    """
    # A second that no other command needs.
    from api.app import create_app  # noqa: PLC0415
    from api.worker import Supervisor  # noqa: PLC0415

    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=True,
        logger_factory=structlog.PrintLoggerFactory(file=typer.get_text_stream("stderr")),
    )
    supervisor = Supervisor()
    supervisor.start()
    try:
        uvicorn.run(create_app(), host=host, port=port, access_log=False, log_level="info")
    finally:
        supervisor.stop()
