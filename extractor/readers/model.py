"""The model reader: the only door to `instructor` and `openai`, both loaded when it is opened."""

import asyncio
import importlib
import random
import time
from contextvars import ContextVar
from dataclasses import replace
from typing import Any, cast

from pydantic import ValidationError

from extractor.codes import InputOutcome
from extractor.errors import EndpointError, SettingsError, TollbookError, UsageError
from extractor.readers.answer import Answer, NoAnswer
from extractor.readers.calls import (
    Form,
    Talk,
    Written,
    name_of,
    sha256_of_json,
    wait_seconds,
)
from extractor.readers.client import client_errors, http_library, key_of, open_client, read_error
from extractor.readers.exchange import Call, Exchange, Reply, call_directly
from extractor.readers.quiet import hush, let_go
from extractor.readers.replies import (
    AskedAnswer,
    Ending,
    completion_of,
    failing_fields,
    find_ending,
    raw_answer,
    reask,
    unfence,
)
from extractor.readers.troubles import (
    Secrets,
    Trouble,
    Verdict,
    give_up,
    tell,
    unpack,
)
from extractor.records import Attempt
from extractor.request import Request
from extractor.settings import EndpointSettings
from extractor.wire import WireAnswer

PROVIDER = "openai/"
"""What the name of a model reader starts with; the model follows."""


class CallRefused(EndpointError):  # noqa: N818 - the name says what happened
    """The endpoint refuses every call; `attempts` are those made to find out."""

    def __init__(self, message: str, attempts: tuple[Attempt, ...] = ()) -> None:
        super().__init__(message)
        self.attempts = attempts


def open_model_reader(
    name: str, settings: EndpointSettings, exchange: Exchange = call_directly
) -> "ModelReader":
    """Open the reader `openai/<model>` at any OpenAI-compatible endpoint.

    Args:
        name: of the reader.
        settings: where the model is, and how insistently it is asked.
        exchange: what every call goes through.

    Raises:
        UsageError: the name is no model's.
        SettingsError: OpenAI's own endpoint is to be called without a key.
    """
    model = name.removeprefix(PROVIDER)
    if model in ("", name):
        raise UsageError(f"no model in reader {name!r}; write {PROVIDER}<model>")
    if not settings.api_key and settings.is_openai:
        raise SettingsError(
            f"no key for {settings.url!r}; set OPENAI_API_KEY or TOLLBOOK_API_KEY, "
            "or base_url for an endpoint of your own"
        )
    return ModelReader(model, settings, exchange)


class ModelReader:
    """A model behind an endpoint, one client for all readings."""

    needs_prompt = True

    def __init__(
        self, model: str, settings: EndpointSettings, exchange: Exchange = call_directly
    ) -> None:
        import instructor

        self.name = f"{PROVIDER}{model}"
        self.model = model
        self.wire_schema = AskedAnswer.model_json_schema()
        # instructor leaves `strict` out, and without it the schema binds nobody.
        schema = {"name": "answer", "strict": True, "schema": self.wire_schema}
        self._form = Form({"type": "json_schema", "json_schema": schema})
        self._settings = settings
        self._exchange = exchange
        self._key = key_of(settings)
        self._random = random.Random(settings.seed or 0)
        self._reached = False
        self._answered = False
        self._turned_down: str | None = None
        """The text that the endpoint turned down for no clear reason, before it ever answered."""
        hush(self)
        self._client = open_client(settings)
        self._client_errors = client_errors()
        self._response: Any = importlib.import_module(http_library()).Response
        mode = instructor.Mode.JSON_SCHEMA
        self._instructor: Any = instructor.patch(create=self._complete, mode=mode)
        # Prepared once: instructor would otherwise make a new class for every call.
        self._answer_model = instructor.openai_schema(AskedAnswer)

    @property
    def parameters(self) -> dict[str, Any]:
        """What shapes an answer beside model, messages and wire schema."""
        return {
            "base_url": self._settings.url,
            "max_output_tokens": self._settings.max_output_tokens,
            "seed": self._settings.seed,
            "temperature": self._settings.temperature,
        }

    @property
    def fingerprint(self) -> str:
        """Hash of what decides its answers beside the request; the key has no part in it."""
        return sha256_of_json([self.model, self.parameters, self.wire_schema])

    async def read(self, request: Request) -> Answer | NoAnswer:
        """Put the request to the model; ask once more if the answer leaves the schema.

        Raises:
            CallRefused: the endpoint refuses every call; the run should stop.
        """
        talk = Talk(request=request)
        asked = [{"role": part.role, "content": part.content} for part in request.messages]
        token = _talk.set(talk)
        try:
            answered = await self._ask(asked, talk)
            for _ in range(self._settings.reasks):
                if isinstance(answered, Ending) and answered.reask:
                    again = reask(asked, raw=talk.raw, reason=answered.reason)
                    answered = await self._ask(again, talk)
        finally:
            _talk.reset(token)
        attempts = tuple(talk.attempts)
        if isinstance(answered, WireAnswer):
            return Answer(answer=answered, attempts=attempts)
        return NoAnswer(
            outcome=answered.outcome,
            reason=answered.reason,
            raw_answer=talk.raw,
            attempts=attempts,
        )

    async def close(self) -> None:
        """Let go of connections."""
        await self._client.close()
        let_go(self)

    async def _ask(self, messages: list[dict[str, str]], talk: Talk) -> WireAnswer | Ending:
        """Put one question; the schema check is instructor's, all else is decided below it."""
        import instructor

        try:
            # No `context=`: it would run the article through a template engine.
            parsed = await self._instructor(
                model=self.model,
                response_model=self._answer_model,
                messages=messages,
                max_retries=0,
                strict=False,
                **self._sampling(),
            )
            return cast("WireAnswer", parsed.root)
        except instructor.core.InstructorError as error:
            cause = error.__cause__
        # Outside the handler: instructor's error quotes the answer, and would be shown with
        # whatever is raised inside.
        stopped = talk.take_stop()
        if isinstance(stopped, TollbookError):
            raise stopped
        if stopped:
            return stopped
        if not isinstance(cause, ValidationError):
            return Ending(
                status="client_error",
                outcome=InputOutcome.INFRA_ERROR,
                reason=f"the client failed ({type(cause).__name__}); run again, and report it",
            )
        ending = Ending(
            status="invalid",
            outcome=InputOutcome.INVALID,
            reason=failing_fields(cause),
            reask=True,
        )
        talk.mark(ending.status, ending.reason)
        return ending

    def _sampling(self) -> dict[str, Any]:
        # OpenAI's newer models refuse max_tokens; many other endpoints know nothing else.
        limit = "max_completion_tokens" if self._settings.is_openai else "max_tokens"
        wanted = {
            limit: self._settings.max_output_tokens,
            "temperature": self._settings.temperature,
            "seed": self._settings.seed,
        }
        return {name: value for name, value in wanted.items() if value is not None}

    async def _complete(self, **asked: Any) -> Any:
        """Put one question to the endpoint, again as long as that may help."""
        talk = _talk.get()
        asked["response_format"] = self._form.form
        written = self._form.write(asked)
        tries: list[Trouble] = []
        failed = 0
        while True:
            reply = await self._call(asked, written, talk, tried=len(tries))
            called = reply.called
            if not isinstance(called, Trouble):
                return self._accept(called, talk)
            tries.append(called)
            # Being asked to come later is no failure, so only the deadline bounds it; but what is
            # stored came from a batch, and the next one is later in any case.
            failed += reply.stored or not called.is_throttling
            if called.verdict is not Verdict.RETRY or failed >= self._settings.max_calls:
                break
            if reply.stored:
                continue
            wait = wait_seconds(
                len(tries),
                asked=called.asked_wait,
                cap=self._settings.max_wait_seconds,
                draw=self._random.random(),
            )
            if talk.seconds + wait > self._settings.deadline_seconds:
                break
            talk.waited += wait
            await asyncio.sleep(wait)
        text = talk.request.article.text_sha256
        own_fault = self._answered or self._turned_down in (None, text)
        if tries[-1].verdict is Verdict.UNCLEAR:
            self._turned_down = text
        ending = give_up(
            tries,
            model=self.model,
            settings=self._settings,
            reached=self._reached,
            own_fault=own_fault,
        )
        fatal = isinstance(ending, str)
        talk.stopped = CallRefused(ending, tuple(talk.attempts)) if fatal else ending
        raise _StoppedError

    async def _call(
        self, asked: dict[str, Any], written: Written, talk: Talk, *, tried: int
    ) -> Reply:
        """Have one call made and write it down."""
        article = talk.request.article
        secrets = Secrets(key=self._key, article=f"{article.title or ''} {article.text}")
        call = Call(
            article_id=article.id,
            model=self.model,
            request_sha256=written.sha256,
            body=asked,
            n=len(talk.attempts) + 1,
            tried=tried,
            answered=talk.answers[written.sha256],
            sent=written.sent,
        )
        try:
            reply = await self._exchange(call, lambda: self._send(written.sent, secrets))
        except TollbookError as error:
            # Past instructor, which would wrap it.
            talk.stopped = error
            raise _StoppedError from error
        if reply.stored and isinstance(reply.called, Trouble):
            # A batch brought it, where nobody could see whether it repeats the article.
            said = tell(reply.called.message, secrets)
            reply = replace(reply, called=replace(reply.called, message=said))
            self._reached = True
        self._reached = self._reached or bool(reply.headers)
        talk.note(reply, request_sha256=call.request_sha256, secrets=secrets)
        return reply

    async def _send(self, sent: bytes, secrets: Secrets) -> Reply:
        """Make one call."""
        headers: Any = {}
        started = time.perf_counter()
        try:
            # The client's own limit starts anew with every byte of a slow reply.
            async with asyncio.timeout(self._settings.timeout_seconds):
                # Not by `chat.completions.create`: it goes through every part of what it sends.
                response: Any = await self._client.post(
                    "/chat/completions", cast_to=self._response, content=sent
                )
            headers = response.headers
            called = unpack(response.content, headers, secrets)
        except self._client_errors as error:
            called, headers = read_error(error, secrets)
        milliseconds = (time.perf_counter() - started) * 1000
        return Reply(
            called=called,
            headers=headers,
            request_id=name_of(headers.get("x-request-id"), secrets),
            milliseconds=milliseconds,
        )

    def _accept(self, body: dict[str, Any], talk: Talk) -> Any:
        """Hand a completion that holds JSON on to instructor, with nothing else in it."""
        from openai.types.chat import ChatCompletion

        self._answered = True
        talk.raw = raw_answer(body) or talk.raw
        if ending := find_ending(body):
            talk.mark(ending.status, ending.reason)
            talk.stopped = ending
            raise _StoppedError
        answered = body["choices"][0]["message"]["content"]
        content = unfence(answered)
        if content != answered:
            talk.mark("ok", "a code fence around the answer was taken off")
        return ChatCompletion.model_validate(completion_of(content, self.model))


class _StoppedError(Exception):
    """Gets past instructor, which wraps whatever it meets; the reason stands in the talk."""


_talk: ContextVar[Talk] = ContextVar("talk")
