"""The page in a browser: values and views without gradio, and the gradio page over them."""
