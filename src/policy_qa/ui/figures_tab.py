"""The tab of figures: what its filters, rows and buttons show. Knows of Gradio only what its events are called with."""

# No postponed annotations here: Gradio reads those of the handlers, and gradio itself is imported late.

import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from policy_qa import messages
from policy_qa.figures.export import csv_of, xlsx_of
from policy_qa.figures.selection import FigureSearch, Order, Selected, Wanted, in_order, own_first
from policy_qa.ui.charts import chart_of, chart_spec
from policy_qa.ui.figure_list import FALLING, ORDERS, chart_note, render_figures, render_form, render_hints
from policy_qa.ui.source_view import render_gone, render_source_of_figure

if TYPE_CHECKING:
    from policy_qa.ui.service import Service

_ASSETS = Path(__file__).parent / "assets"
_FILTERS = ("indicator", "subject", "period", "document")
_LONGEST_FILTER = 80
_CLICK_DOWNLOAD = "() => window.policyQaFigures.download()"
_WATCH = "watch('value', () => window.policyQaFigures.shown(element));"


def lay_out_figures(gr: Any, html: Any) -> dict[str, Any]:  # noqa: ANN401
    """The components of the tab by name; `html` makes one of HTML."""
    parts = {
        "figure_form": html(
            "pq-figure-form", render_form(), js=(_ASSETS / "figures.js").read_text(encoding="utf-8")
        )
    }
    with gr.Column(elem_id="pq-figure-view"):
        parts["figure_chart"] = gr.Plot(
            elem_id="pq-figure-chart", show_label=False, container=False, visible=False
        )
        parts["figure_note"] = html("pq-figure-note", "")
        parts["figure_list"] = html(
            "pq-figure-list", f'<div class="pq-empty">{messages.UI_FIGURES_LOADING}</div>', js=_WATCH
        )
    parts["figure_hints"] = html("pq-figure-hints", "")
    parts["download"] = gr.DownloadButton(elem_id="pq-download", visible="hidden")
    return parts


class FigureShelf:
    """All figures of the index as it is now, ready to select from."""

    def __init__(self, service: "Service") -> None:
        self._service = service
        self._held: tuple[object, FigureSearch] = ((), FigureSearch(()))

    def search(self) -> FigureSearch:
        """The figures; those of before as long as the service gives the same."""
        listed = self._service.figures()
        held, search = self._held
        if listed is not held:
            search = FigureSearch(listed)
            self._held = listed, search
        return search

    def select(self, wanted: Wanted, order: str = "") -> list[Selected]:
        """The figures that the filters let pass, those first whose slots are what was asked; in an order of `ORDERS`."""
        selected = self.search().select(wanted)
        name, _, way = order.partition("-")
        if order not in ORDERS:
            return own_first(selected, indicator=wanted.indicator)
        return in_order(selected, cast("Order", name), falling=way == FALLING)


def wire_figures(
    gr: Any,  # noqa: ANN401
    service: "Service",
    shelf: FigureShelf,
    parts: dict[str, Any],
    how: dict[str, Any],
) -> None:
    """Filtering, opening a figure's source, exporting."""

    def show(event: gr.EventData) -> tuple[Any, ...]:
        data = payload(event)
        wanted = _wanted(data)
        order = str(data.get("order"))
        selected, asked = shelf.select(wanted, order), wanted.indicator
        own = (one.listed for one in selected if not one.by_context)
        # without an indicator, what is comparable would be chance
        chart = chart_of(own, indicator=asked) if asked else None
        page = data.get("page")
        rows = render_figures(
            selected,
            page=page if isinstance(page, int) else 1,
            request=uuid.uuid4().hex[:8],
            order=order,
        )
        plot = gr.Plot(
            value=None if chart is None else plot_data(chart_spec(chart)), visible=chart is not None
        )
        hints = render_hints(service.figures()) if data.get("first") else gr.skip()
        return rows, plot, "" if chart is None else chart_note(chart), hints

    def open_figure(event: gr.EventData) -> str:
        return _source_of_figure(service, str(payload(event).get("id")))

    def export(event: gr.EventData) -> Any:  # noqa: ANN401 - an update
        data = payload(event)
        selected = shelf.select(_wanted(data), str(data.get("order")))
        return gr.DownloadButton(value=_file(selected, data.get("format"), parts["download"].GRADIO_CACHE))

    form = parts["figure_form"]
    shown = [parts[name] for name in ("figure_list", "figure_chart", "figure_note", "figure_hints")]
    form.filter_figures(show, None, shown, trigger_mode="always_last", **how)
    form.open_figure(open_figure, None, parts["source"], trigger_mode="always_last", **how)
    exporting = form.export_figures(export, None, parts["download"], trigger_mode="once", **how)
    exporting.success(None, None, None, js=_CLICK_DOWNLOAD, **how)


def plot_data(spec: str) -> Any:  # noqa: ANN401 - gradio's PlotData
    """A chart in Vega-Lite as Gradio's plot component takes it."""
    from gradio.components.plot import PlotData

    return PlotData(type="altair", plot=spec)


def payload(event: Any) -> dict[str, Any]:  # noqa: ANN401 - gradio.EventData
    """What the page sent along; it may be anything."""
    data = event._data if event is not None else None
    return data if isinstance(data, dict) else {}


def _wanted(data: dict[str, Any]) -> Wanted:
    """The filters that a page sent; it may be anything."""
    given = {name: data.get(name) for name in _FILTERS}
    return Wanted(
        **{
            name: text.strip()[:_LONGEST_FILTER] if isinstance(text, str) else ""
            for name, text in given.items()
        }
    )


def _source_of_figure(service: "Service", figure_id: str) -> str:
    request = uuid.uuid4().hex[:8]
    document = service.document(figure_id.partition(":")[0])
    listed = () if document is None else service.figures({document.name})
    found = next((one for one in listed if one.figure.id == figure_id), None)
    if document is None or found is None:
        return render_gone(messages.UI_FIGURE_GONE, request=request)
    return render_source_of_figure(document, found, request=request)


def _file(selected: list[Selected], form: object, cache: str) -> str:
    """Where the file of the figures lies that the page may fetch."""
    from gradio.processing_utils import save_bytes_to_cache

    name, content = (
        ("xlsx", xlsx_of(selected)) if form == "xlsx" else ("csv", csv_of(selected).encode("utf-8"))
    )
    return str(save_bytes_to_cache(content, f"{messages.UI_FIGURE_EXPORT_NAME}.{name}", cache))
