import "./index.css";
import "./App.css";
