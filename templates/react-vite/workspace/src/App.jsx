import "./App.css";

export default function App() {
  return (
    <div className="app">
      <header className="site-header">
        <span className="logo">My App</span>
      </header>

      <main className="content">
        <section className="hero">
          <h1>Hello from your sandbox</h1>
          <p>This is a real React app. Ask for a change and watch it happen here.</p>
        </section>
      </main>
    </div>
  );
}
