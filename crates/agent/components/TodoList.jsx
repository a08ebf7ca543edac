import { useId, useState } from "react";
import "./TodoList.css";

let nextId = 1;
const task = (text) => ({ id: nextId++, text, done: false });

export default function TodoList({ title = "To-do list", items = [] }) {
  const [tasks, setTasks] = useState(() => items.map(task));
  const [draft, setDraft] = useState("");
  const inputId = useId();
  const left = tasks.filter((item) => !item.done).length;

  function add(event) {
    event.preventDefault();
    const text = draft.trim();
    if (!text) return;
    setTasks([...tasks, task(text)]);
    setDraft("");
  }

  const toggle = (id) => setTasks(tasks.map((item) => (item.id === id ? { ...item, done: !item.done } : item)));
  const remove = (id) => setTasks(tasks.filter((item) => item.id !== id));

  return (
    <section className="todo" aria-label={title}>
      <header className="todo-header">
        <h2>{title}</h2>
        <p aria-live="polite">{tasks.length === 0 ? "Nothing yet" : `${left} of ${tasks.length} left`}</p>
      </header>
      <form className="todo-form" onSubmit={add}>
        <label htmlFor={inputId}>New task</label>
        <input
          id={inputId}
          value={draft}
          onChange={(event) => setDraft(event.target.value)}
          placeholder="What needs doing?"
          autoComplete="off"
        />
        <button type="submit">Add</button>
      </form>
      <ul className="todo-items">
        {tasks.map((item) => (
          <li key={item.id} className={item.done ? "todo-item todo-item-done" : "todo-item"}>
            <label>
              <input type="checkbox" checked={item.done} onChange={() => toggle(item.id)} />
              <span>{item.text}</span>
            </label>
            <button type="button" onClick={() => remove(item.id)} aria-label={`Delete ${item.text}`}>
              ×
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
