import { useId, useState } from "react";
import "./Newsletter.css";

export default function Newsletter({ title = "Stay in the loop", text = "One short email a month, nothing else." }) {
  const [email, setEmail] = useState("");
  const [message, setMessage] = useState("");
  const id = useId();

  function subscribe(event) {
    event.preventDefault();
    if (!/^\S+@\S+\.\S+$/.test(email)) {
      setMessage("Please enter an email address such as ada@example.org.");
      return;
    }
    setMessage(`Thank you. ${email} is on the list.`);
    setEmail("");
  }

  return (
    <section className="newsletter" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{title}</h2>
      <p>{text}</p>
      <form noValidate onSubmit={subscribe}>
        <label htmlFor={`${id}-email`}>Email</label>
        <input
          id={`${id}-email`}
          type="email"
          autoComplete="email"
          value={email}
          onChange={(event) => setEmail(event.target.value)}
          placeholder="you@example.org"
        />
        <button type="submit">Subscribe</button>
      </form>
      <p className="newsletter-message" role="status">{message}</p>
    </section>
  );
}
