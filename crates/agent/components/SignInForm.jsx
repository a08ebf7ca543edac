import { useId, useState } from "react";
import "./SignInForm.css";

export default function SignInForm({ title = "Sign in", action = "Sign in" }) {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [visible, setVisible] = useState(false);
  const [message, setMessage] = useState("");
  const id = useId();

  function submit(event) {
    event.preventDefault();
    if (!/^\S+@\S+\.\S+$/.test(email)) {
      setMessage("Please enter an email address such as ada@example.org.");
    } else if (password.length < 8) {
      setMessage("The password needs at least 8 characters.");
    } else {
      setMessage("This form is a design: nothing is sent anywhere.");
      setPassword("");
    }
  }

  return (
    <section className="sign-in" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{title}</h2>
      <form noValidate onSubmit={submit}>
        <label htmlFor={`${id}-email`}>Email</label>
        <input
          id={`${id}-email`}
          type="email"
          autoComplete="off"
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
        <label htmlFor={`${id}-password`}>Password</label>
        <div className="sign-in-password">
          <input
            id={`${id}-password`}
            type={visible ? "text" : "password"}
            autoComplete="off"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
          <button type="button" aria-pressed={visible} onClick={() => setVisible(!visible)}>
            {visible ? "Hide" : "Show"}
          </button>
        </div>
        <button type="submit">{action}</button>
        <p role="status">{message}</p>
      </form>
    </section>
  );
}
