import { useId, useState } from "react";
import "./ContactForm.css";

const empty = { name: "", email: "", message: "" };

function validate({ name, email, message }) {
  const errors = {};
  if (!name.trim()) errors.name = "Please tell us your name.";
  if (!/^\S+@\S+\.\S+$/.test(email)) errors.email = "Please enter an email address such as ada@example.org.";
  if (message.trim().length < 10) errors.message = "Please write at least 10 characters.";
  return errors;
}

export default function ContactForm({ title = "Get in touch", note = "We usually answer within a day." }) {
  const [values, setValues] = useState(empty);
  const [errors, setErrors] = useState({});
  const [sentTo, setSentTo] = useState("");
  const id = useId();

  function submit(event) {
    event.preventDefault();
    const found = validate(values);
    setErrors(found);
    if (Object.keys(found).length > 0) return;
    setSentTo(values.name.trim());
    setValues(empty);
  }

  const field = (name) => ({
    id: `${id}-${name}`,
    name,
    value: values[name],
    onChange: (event) => setValues({ ...values, [name]: event.target.value }),
    "aria-invalid": Boolean(errors[name]),
    "aria-describedby": errors[name] ? `${id}-${name}-error` : undefined,
  });
  const error = (name) =>
    errors[name] && (
      <p className="contact-error" id={`${id}-${name}-error`}>
        {errors[name]}
      </p>
    );

  return (
    <section className="contact" id="contact" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{title}</h2>
      <p className="contact-note">{note}</p>
      <form noValidate onSubmit={submit}>
        <div className="contact-field">
          <label htmlFor={`${id}-name`}>Name</label>
          <input autoComplete="name" {...field("name")} />
          {error("name")}
        </div>
        <div className="contact-field">
          <label htmlFor={`${id}-email`}>Email</label>
          <input type="email" autoComplete="email" {...field("email")} />
          {error("email")}
        </div>
        <div className="contact-field">
          <label htmlFor={`${id}-message`}>Message</label>
          <textarea rows={4} {...field("message")} />
          {error("message")}
        </div>
        <button type="submit">Send message</button>
        <p className="contact-success" role="status">
          {sentTo && `Thank you, ${sentTo}. Your message is on its way.`}
        </p>
      </form>
    </section>
  );
}
