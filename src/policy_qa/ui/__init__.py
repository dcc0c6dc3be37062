"""The chat that staff work in: pure rendering (render, source_view, document_list), the Gradio wiring (chat)."""
