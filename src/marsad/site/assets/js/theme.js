// Runs before anything is drawn, so that a page opens in the reader's colours without a flash.
import { remembered } from "./remember.js";

const root = document.documentElement;
root.classList.add("js");
const theme = remembered("theme");
if (theme === "dark" || theme === "light") root.dataset.theme = theme;
