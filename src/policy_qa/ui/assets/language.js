// Gradio words its own labels in the browser's language; those who use this page read Chinese.
document.documentElement.lang = "zh-CN";
Object.defineProperty(navigator, "language", { get: () => "zh-CN" });
Object.defineProperty(navigator, "languages", { get: () => ["zh-CN", "zh"] });
