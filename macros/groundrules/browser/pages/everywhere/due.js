// What is overdue: the page stands as it was built, and the days go on.

import { today } from "../../ui/days.js";

document.querySelectorAll("[data-due]").forEach((notice) => {
  notice.hidden = notice.dataset.due >= today();
});
