"""The server: tools listed and called by the official package over standard input and output; logs go elsewhere."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from summarizer import loop
from summarizer.client import AsyncSummarizer
from summarizer.configuration import Configuration
from summarizer.errors import SummarizerError, UsageError
from summarizer.mcp.allowed import Allowed
from summarizer.mcp.tools import Tool, Toolbox, schema_of
from summarizer.pipeline import library_version

try:
    import mcp_types as types
    from mcp.server.lowlevel import Server
    from mcp.server.stdio import stdio_server
except ImportError as error:
    raise UsageError("the MCP server needs `pip install 'grounded-summarizer[mcp]'`") from error

if TYPE_CHECKING:
    from mcp.server.context import ServerRequestContext

log = logging.getLogger("summarizer.mcp")

INSTRUCTIONS = """Reads articles (files in the allowed folders, or texts) and answers only with what they say: each
statement is checked against the sentences it cites, and they come with it. Tell a person the sentences where it
matters. An answer that `abstained` means that the article does not say: do not fill it in. `issues` tell what was left
out. `support: unchecked` was not checked."""


def run(options: dict[str, Any], allowed: Allowed, progress: Callable[[str], None]) -> None:
    """Serve until standard input ends; `options` are those of `AsyncSummarizer`."""
    box = Toolbox(Configuration.of(options), AsyncSummarizer(progress=progress, **options), allowed)
    asyncio.run(_serve(box))


async def _serve(box: Toolbox) -> None:
    server = server_of(box)
    try:
        async with stdio_server() as (reading, writing):
            await server.run(reading, writing, server.create_initialization_options())
    finally:
        await loop.beside(box.client.aclose())


def server_of(box: Toolbox) -> Server:
    """The server of these tools."""

    async def listed(_: ServerRequestContext, __: types.PaginatedRequestParams | None) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[_described(tool, box) for tool in box.tools.values()])

    async def called(context: ServerRequestContext, asked: types.CallToolRequestParams) -> types.CallToolResult:
        try:
            tool = box.tools[asked.name]
        except KeyError:
            return _failed(f"there is no tool {asked.name!r}; there are {', '.join(box.tools)}")

        async def progress(done: int, whole: int) -> None:
            await context.session.report_progress(done, whole)

        return await _called(tool, asked.arguments or {}, progress)

    return Server(
        "summarizer",
        version=library_version(),
        instructions=" ".join(INSTRUCTIONS.split()),
        on_list_tools=listed,
        on_call_tool=called,
    )


def _described(tool: Tool, box: Toolbox) -> types.Tool:
    return types.Tool(
        name=tool.name,
        description=tool.help,
        input_schema=dict(tool.inputs),
        output_schema=schema_of(tool.output, "serialization"),
        annotations=types.ToolAnnotations(read_only_hint=True, open_world_hint=box.allowed.urls),
    )


async def _called(tool: Tool, arguments: dict[str, Any], progress: Any) -> types.CallToolResult:
    try:
        found, text = await tool.call(arguments, progress)
    except SummarizerError as error:
        return _failed(" ".join(str(error).split()))
    except Exception as error:  # the connection and all other calls must live on
        log.exception("%s failed", tool.name)
        return _failed(f"{tool.name} failed by a fault of the program ({type(error).__name__}); its log tells more")
    return types.CallToolResult(
        content=[types.TextContent(type="text", text=text)], structured_content=found.model_dump(mode="json")
    )


def _failed(message: str) -> types.CallToolResult:
    return types.CallToolResult(content=[types.TextContent(type="text", text=message)], is_error=True)
